#!/usr/bin/env bash
# Try the built program in a fresh Debian tree that has no Python: installer/try.sh SUITE ARCHIVE [WORK_FOLDER]
#
# SUITE is bullseye, bookworm, …; the tree gets only system-libraries.txt. Runs self-test, then opens the window with the
# demo under Xvfb, reads its log and writes WORK_FOLDER/try-SUITE.png. Needs root, debootstrap, xvfb and imagemagick.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
suite=$1 archive=$2
work=$(realpath -m "${3:-${here%/*}/build}")
tree=$work/try-$suite picture=$work/try-$suite.png
# shellcheck source=installer/trees.sh
source "$here/trees.sh"

mkdir -p "$work"
if [[ ! -e $tree/opt/.libraries-ready ]]; then
  rm -rf "$tree"
  make_tree "$suite" "$tree"
  cp "$here/system-libraries.txt" "$tree/root/"
  in_tree "$tree" bash -c "apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq \
    --no-install-recommends \$(cat /root/system-libraries.txt)" >"$tree.log" 2>&1 || { echo "安装系统库失败，详见 $tree.log。"; exit 1; }
  touch "$tree/opt/.libraries-ready"
fi
! compgen -G "$tree/usr/bin/python3*" >/dev/null || { echo "$suite 目录树里有 Python，试验不算数。"; exit 1; }

rm -rf "$tree/opt/LiaisonStation" "$tree/home/clerk"
tar -xf "$archive" -C "$tree/opt"
in_tree "$tree" sh -c 'id clerk >/dev/null 2>&1 || useradd clerk; mkdir -p /home/clerk && chown clerk /home/clerk'

# As an ordinary user, from a folder that is not the program's.
as_clerk() { in_tree "$tree" su clerk -c "cd /home/clerk && $*"; }
readonly program=/opt/LiaisonStation/liaison-station

as_clerk "QT_QPA_PLATFORM=offscreen $program self-test"

# Xvfb also listens on an abstract socket, which reaches into the tree.
readonly screen=:$((RANDOM % 400 + 100))
Xvfb "$screen" -screen 0 1366x768x24 -nolisten tcp >/dev/null 2>&1 &
xvfb=$!
trap 'kill "$xvfb" 2>/dev/null || true' EXIT
DISPLAY=$screen timeout 20 bash -c 'until xdpyinfo >/dev/null 2>&1; do :; done' || true
as_clerk "DISPLAY=$screen timeout 25 $program --demo" &
window=$!
sleep 20
import -display "$screen" -window root "$picture"
wait "$window" || true
log=$tree/home/clerk/.local/state/LiaisonStation/log/program.log
grep -q "window shown" "$log" || { echo "窗口没有出现，详见 $log。"; exit 1; }
! grep -q " ERROR " "$log" || { echo "窗口里出了错，详见 $log。"; exit 1; }
echo "窗口截图：$picture"
