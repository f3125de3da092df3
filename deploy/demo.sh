# shellcheck shell=bash
# Sourced by deploy/run: the sample hub on a server of its own, everything in the folder $DEMO.

HUB=c1a16166-b678-5380-afe8-01b9c8d65f31 # the sample's own id; at the server a hub has the id its first door knows
KIOSKS=() SERVER='' URL=''

kiosk() { .venv/bin/python -m kiosk "$@"; }
server() { .venv/bin/python -m sync.server "$@" --database "sqlite:///$DEMO/server.db" --settings "$DEMO/server.toml"; }

# What was started here ends with this script, however that ends.
end_all() {
    kill "${KIOSKS[@]}" ${SERVER:+"$SERVER"} 2>/dev/null || true
    wait
}
trap end_all EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

# open_server: it answers from now on, at $URL; the port is one that nobody uses.
open_server() {
    local port
    port=$(.venv/bin/python -c 'import socket; print(socket.create_server(("127.0.0.1", 0)).getsockname()[1])')
    URL=http://127.0.0.1:$port
    server hub add 'La Ronda Commons' --id "$HUB" >"$DEMO/server.log" 2>&1 ||
        grep -q 'there is a hub' "$DEMO/server.log" || { cat "$DEMO/server.log" >&2; exit 1; }
    .venv/bin/python -m sync.server serve --listen "127.0.0.1:$port" \
        --database "sqlite:///$DEMO/server.db" --settings "$DEMO/server.toml" >"$DEMO/server.log" 2>&1 &
    SERVER=$!
    until (: >"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do
        kill -0 "$SERVER" 2>/dev/null || { cat "$DEMO/server.log" >&2; exit 1; }
        sleep 0.2
    done
}

# join NAME ROLE SIZE MM [COLOUR]: a kiosk in $DEMO/NAME, of the server's hub. The first one brings the sample there,
# the others get it from there. One that has joined before is as it was.
join() {
    local data=$DEMO/$1 what code
    (umask 077 && mkdir -p "$data")
    [ -e "$data/kiosk.toml" ] || printf 'name = "%s"\nsize = "%s"\ndiagonal_mm = %s\ncolour = "%s"\n' \
        "$1" "$3" "$4" "${5:-blue}" >"$data/kiosk.toml"
    [ -e "$data/hub.key" ] || cp "$DEMO/front-door/hub.key" "$data" # all doors of a hub know the same cards
    kiosk pair --data "$data" --server "$URL" --mode "$2" | while read -r what code; do
        case $what in
            Code:) server device approve "$code" --hub "$HUB" --role "$2" --name "$1" >/dev/null ;;
            Joined) say "$1 has joined $code" ;;
        esac
    done
}

# join_at_once 'NAME ROLE SIZE MM'...: several, once the first one has brought the sample.
join_at_once() {
    local one joining=()
    for one in "$@"; do
        # shellcheck disable=SC2086  # the words of one are arguments
        join $one &
        joining+=("$!")
    done
    for one in "${joining[@]}"; do wait "$one"; done
}

# open_kiosk NAME [OPTION...]: its window, until somebody ends it.
open_kiosk() {
    KIOSK_WINDOWED=1 .venv/bin/python -m kiosk run --data "$DEMO/$1" "${@:2}" &
    KIOSKS+=("$!")
}

# pictures NAME [OPTION...]: of a kiosk that has joined, when all is sent.
pictures() { kiosk pictures --out build/screenshots --data "$DEMO/$1" "${@:2}"; }
