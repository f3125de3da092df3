"""nmcli as it answers (1.52, terse): two networks of a street, and what becomes of joining one."""

from dataclasses import dataclass, field

DEVICES = "wifi:disconnected\nethernet:unavailable\nloopback:unmanaged\n"
CABLE = "ethernet:connected\nwifi:disconnected\n"
NEAR = (
    " :41:WPA2:La Ronda\n"
    " :87:WPA1 WPA2:La Ronda\n"
    " :64::Plaza\\: free\n"
    " :55:WPA2 802.1X:University\n"
    " :30:WPA3:C\\\\D\n"
    " :70:WPA2:\n"
)
ASKED = (
    "Passwords or encryption keys are required to access the wireless network 'La Ronda'.\n"
    "Password (802-11-wireless-security.psk): ••••••••••••\n"
)
WRONG = ASKED + ASKED
NO_ADDRESS = (
    ASKED + "Error: Connection activation failed: (5) IP configuration could not be reserved.\n"
)
AWAY = "Error: No network with SSID 'La Ronda' found.\n"


@dataclass
class Nmcli:
    """password: the one that is right. known: profiles that are kept. ran: every call, with its input."""

    devices: str = DEVICES
    near: str = NEAR
    password: str = "catorce sillas"
    says: str = WRONG
    known: list[str] = field(default_factory=list)
    ran: list[tuple[list[str], str]] = field(default_factory=list)

    def __call__(self, words, typed):
        self.ran.append((list(words), typed))
        match [one for one in words if not one.startswith("--")]:
            case ["yes", "TYPE,STATE", "device"]:
                return 0, self.devices
            case ["yes", _, "device", "wifi", "list"]:
                return 0, self.near
            case ["yes", "NAME", "connection", "show"]:
                return 0, "".join(f"{one}\n" for one in self.known)
            case ["connection", "delete", "id", name]:
                self.known.remove(name)
                return 0, ""
            case [_, "device", "wifi", "connect", name]:
                return self._joins(name, typed)
        raise AssertionError(words)

    def _joins(self, name, typed):
        if name not in self.known:
            self.known.append(name)
        is_secured = f":{name}" in self.near and name == "La Ronda"
        if is_secured and typed != f"{self.password}\n":
            return 4, self.says
        self.near = self.near.replace(f" :87:WPA1 WPA2:{name}", f"*:87:WPA1 WPA2:{name}")
        self.near = (
            self.near.replace(" :64::Plaza", "*:64::Plaza") if "Plaza" in name else self.near
        )
        return 0, "Device 'wlan0' successfully activated.\n"
