# shellcheck shell=bash
# Sourced by deploy/run, deploy/test and deploy/fix: system packages and the Python environment.
# Does nothing, quickly, where everything is already there. Expects the current folder to be the
# project's own.

SYSTEM_PACKAGES=(
    python3-venv                                    # Debian keeps venv apart from Python
    xvfb                                            # a screen where there is none
    libgl1 libegl1 libgles2 libgl1-mesa-dri libgbm1 # drawing, in software where it must be
    libx11-6 libxi6 libxcursor1 libxrandr2 libxss1 libxfixes3 libxext6  # what SDL opens by name
    libfribidi0                                     # Arabic and Hebrew on paper: letters joined, in order
    libusb-1.0-0                                    # receipt printers on USB
    alsa-utils                                      # the door's tones
    libasound2 libdbus-1-3 libudev1 libmtdev1 fontconfig
)
TEST_PACKAGES=(
    postgresql                                      # the server is tried on it, in a throw-away cluster
    systemd                                         # its own verdict on our units
    minisign                                        # signs and checks updates
    gcc libc6-dev                                   # what makes files fail is built from its source
)

WEB_PACKAGES=(
    chromium                                        # the pages are tried in it
)

say() { printf '\n-- %s\n' "$*"; }

missing_packages() {
    local name
    for name in "${SYSTEM_PACKAGES[@]}"; do
        dpkg-query -W -f='${Status}' "$name" 2>/dev/null | grep -q 'ok installed' ||
            printf '%s ' "$name"
    done
}

# Install what Debian's own packages lack; say so, and go on, where we may not.
system_packages() {
    command -v dpkg-query >/dev/null || { say "Not Debian: install what deploy/prepare.sh lists"; return 0; }
    local missing as_root=()
    missing=$(missing_packages)
    [ -z "$missing" ] && return 0
    if [ "$(id -u)" != 0 ]; then
        if ! sudo -n true 2>/dev/null; then
            say "Not installed, and may not install: $missing"
            return 0
        fi
        as_root=(sudo -n)
    fi
    say "Installing system packages: $missing"
    "${as_root[@]}" apt-get update -qq </dev/null
    # shellcheck disable=SC2086  # a list of names
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends $missing </dev/null >/dev/null
}

# environment FILE: make .venv and install what FILE pins, unless that has been done; what stands in
# FILE-no-deps is installed without what it asks for.
environment() {
    local wanted installed=.venv/installed-${1//\//-} bare=${1%.txt}-no-deps.txt
    [ -f "$bare" ] || bare=/dev/null
    wanted=$(cat requirements.txt deploy/server/requirements.txt "$1" "$bare" | sha256sum; python3 --version; pwd)
    if [ -x .venv/bin/python ] && [ "$(cat "$installed" 2>/dev/null)" = "$wanted" ]; then
        return 0
    fi
    say "Installing Python packages from $1"
    [ -x .venv/bin/python ] && .venv/bin/python -c '' 2>/dev/null || python3 -m venv --clear .venv
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --prefer-binary \
        --no-input -r "$1" </dev/null
    [ "$bare" = /dev/null ] || .venv/bin/python -m pip install --quiet --disable-pip-version-check \
        --no-input --no-deps -r "$bare" </dev/null
    printf '%s' "$wanted" >"$installed"
}
