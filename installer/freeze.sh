#!/usr/bin/env bash
# Run inside the Debian 11 tree: install the pinned packages and freeze /project into /output/LiaisonStation.
set -euo pipefail

export LC_ALL=C.UTF-8
readonly venv=/opt/build-venv folder=/output/LiaisonStation

# Libraries that the xcb plugin links to and the folder carries along must be here to be found.
DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
  libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-render-util0 libxcb-util1 libxcb-shape0 libxcb-xkb1 \
  libxkbcommon0 libxkbcommon-x11-0 libxcb-randr0 libxcb-sync1 libxcb-xfixes0 libxcb-shm0 libxcb-render0 libx11-xcb1 \
  libgl1 libegl1 libfontconfig1 libdbus-1-3 libglib2.0-0 libcups2 >/dev/null

[[ -x $venv/bin/python ]] || /opt/python/bin/python3.11 -m venv "$venv"
pip_install() { "$venv/bin/python" -m pip install --quiet --require-hashes --only-binary :all: "$@"; }
pip_install -r /project/installer/requirements-build.txt
# lunar-python comes as source only; it is built with the pinned setuptools, not with one fetched for it.
pip_install --no-binary lunar-python --no-build-isolation -r /project/requirements.txt
[[ -e /plugin/libfcitxplatforminputcontextplugin.so ]] || bash /project/installer/compile-input-plugin.sh

rm -rf "$folder"
"$venv/bin/python" -m PyInstaller --noconfirm --clean --log-level WARN \
  --distpath /output --workpath /output/work /project/installer/station.spec
# A module of ours that is imported and not there is a broken program, though every other page works.
if grep "named '\?station_app" /output/work/station/warn-station.txt; then exit 1; fi
rm -rf /output/work

# Wheels and our own Python come with symbol tables; nobody debugs on the clerk's PC. Libraries that a wheel's maker has
# patched (Qt's, Pillow's) are left as they are.
strip --strip-unneeded "$folder"/_internal/libpython3*.so* "$folder"/_internal/lib-dynload/*.so \
  "$folder"/_internal/python3*/lib-dynload/*.so "$folder"/_internal/{sqlcipher3,lxml}/*.so 2>/dev/null || true
