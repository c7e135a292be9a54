# Sourced by build.sh and try.sh: Debian trees to build and to try the program in.
# The mirror, its certificates and pip's configuration are this machine's own, found when the script runs.

# The address apt fetches from. Argument: the label of the archive, "Debian" or "Debian-Security".
mirror_of() {
  apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' "Label: $1" | head -n 1
}

# Make a bare tree of one suite, with apt ready to use. Arguments: suite, folder.
make_tree() {
  local suite=$1 tree=$2 mirror security
  mirror=$(mirror_of Debian)
  security=$(mirror_of Debian-Security)
  [[ -n $mirror ]] || { echo "找不到 Debian 软件源，请先运行 apt-get update。" >&2; return 1; }
  debootstrap --variant=minbase --include=ca-certificates "$suite" "$tree" "$mirror" >"$tree.log" 2>&1 ||
    { echo "建立 $suite 目录树失败，详见 $tree.log。" >&2; return 1; }
  {
    echo "deb $mirror $suite main"
    [[ -z $security ]] || echo "deb $security $suite-security main"
  } >"$tree/etc/apt/sources.list"
  # The proxy and the like; a tree is thrown away, so recommended packages and languages are left out.
  apt-config dump | grep -E '^Acquire::(http|https|ftp|Retries|Check-)' >"$tree/etc/apt/apt.conf.d/90machine" || true
  cp /etc/resolv.conf "$tree/etc/resolv.conf"
  cp /etc/hosts "$tree/etc/hosts"
}

# Let apt-get source in a tree fetch from a suite; its programs stay out. Arguments: suite, tree.
add_sources() {
  local mirror security
  mirror=$(mirror_of Debian)
  security=$(mirror_of Debian-Security)
  {
    echo "deb-src $mirror $1 main"
    [[ -z $security ]] || echo "deb-src $security $1-security main"
  } >"$2/etc/apt/sources.list.d/$1-sources.list"
}

# Let pip inside a tree use what pip uses here: its configuration files, its certificates, its environment.
share_pip() {
  local tree=$1 file
  for file in /etc/pip.conf "$HOME/.config/pip/pip.conf" "$HOME/.pip/pip.conf" "${PIP_CERT:-}" \
    /etc/ssl/certs/ca-certificates.crt; do
    [[ -n $file && -f $file ]] || continue
    mkdir -p "$tree$(dirname "$file")"
    cp "$file" "$tree$file"
  done
}

# Run a command inside a tree, with /proc and /dev/shm there while it runs. Arguments: tree, command.
in_tree() {
  local tree=$1 status=0 names
  shift
  mkdir -p "$tree/proc" "$tree/dev/shm"
  mountpoint -q "$tree/proc" || mount -t proc proc "$tree/proc"
  mountpoint -q "$tree/dev/shm" || mount -t tmpfs tmpfs "$tree/dev/shm"
  names=$(compgen -e | grep -E '^(PIP_|SSL_CERT|REQUESTS_CA|https?_proxy$|HTTPS?_PROXY$|no_proxy$|NO_PROXY$)' || true)
  local keep=() name
  for name in $names; do keep+=("$name=${!name}"); done
  env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 TERM=dumb "${keep[@]}" \
    nice -n 15 chroot "$tree" "$@" || status=$?
  umount "$tree/dev/shm" "$tree/proc" 2>/dev/null || true
  return "$status"
}
