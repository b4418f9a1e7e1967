#!/bin/sh
# Debian packages that a Python lock cannot bring: libraries for a window, a screen, a bus and sound for the tests.
#   system.sh test            installs what the tests need where apt and root are there, else names it
#   system.sh --name run      names what a desktop needs, installs nothing
#   system.sh --install PKG…  the same for packages given by name
# It always ends with status 0: what stays missing is said, and what needs it says so again in its own words.

window="libglib2.0-0 libegl1 libgl1 libdbus-1-3 libfontconfig1 libxkbcommon0 libxcb-cursor0 libxcb-icccm4 \
libxcb-keysyms1 libxcb-shape0 libxkbcommon-x11-0 libx11-xcb1 fonts-dejavu-core fonts-ipafont-gothic"
screen="xvfb openbox xdotool dbus at-spi2-core"
sound="pulseaudio pulseaudio-utils libpulse0"
server="postgresql"
browser="chromium chromium-driver"

may_install=yes
case "$1" in
    --name) may_install=no; shift ;;
    --install) shift ;;
esac
case "$1" in
    run) wanted="$window libpulse0" ;;
    test) wanted="$window $screen $sound $server $browser" ;;
    "") wanted="" ;;
    *) wanted="$*" ;;
esac

is_installed() {
    [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ] && return 0
    dpkg-query -W -f='${db:Status-Status}: ${Provides},\n' "$1t64" 2>/dev/null | grep -q '^installed'
}

list_missing() {
    missing=""
    for name in $wanted; do
        is_installed "$name" || missing="$missing $name"
    done
}

apt_install() {
    DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=120 install -qq -y --no-install-recommends "$@" \
        >/dev/null 2>&1
}

apt_update() {
    apt-get -o DPkg::Lock::Timeout=120 update -qq >/dev/null 2>&1
}

if ! command -v dpkg-query >/dev/null 2>&1; then
    echo "This is no Debian: look up your system's names for: $wanted" >&2
    exit 0
fi
list_missing
[ -z "$missing" ] && exit 0

if [ "$may_install" = yes ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing Debian packages:$missing" >&2
    # shellcheck disable=SC2086
    apt_install $missing || { apt_update; apt_install $missing; } || for name in $missing; do apt_install "$name"; done
    list_missing
    [ -z "$missing" ] && exit 0
fi
echo "Some Debian packages are missing. To install them: sudo apt-get install --no-install-recommends$missing" >&2
exit 0
