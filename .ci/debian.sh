# Sourced by the scripts beside it: packages of the system, installed where the user may.

fail() {
    printf '%s\n' "$*" >&2
    exit 1
}

# Print how this user runs a command as root; fail where that needs a password or a person.
as_root() {
    if [ "$(id -u)" = 0 ]; then
        echo env
    elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
        echo sudo -n
    else
        return 1
    fi
}

# install_debian PACKAGE…: 0 when installed, else names the exact command on stderr and answers 1.
install_debian() {
    if command -v apt-get >/dev/null && root=$(as_root); then
        echo "Installing from Debian: $*"
        $root apt-get update -q >/dev/null &&
            $root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@" \
                </dev/null >/dev/null && return 0
    fi
    echo "Missing on this machine: $*" >&2
    echo "Install with: sudo apt-get update && sudo apt-get install -y $*" >&2
    return 1
}
