"""The central server: it keeps every hub's records, answers its devices and decides promises."""
