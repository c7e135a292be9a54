#!/usr/bin/env bash
# Run inside the Debian 11 tree: compile the fcitx plugin of /plugin against the Qt of our wheel, into /plugin.
set -euo pipefail

export DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8
readonly qt=/opt/build-venv/lib/python3.11/site-packages/PySide6/Qt/lib
readonly plugin=/plugin/libfcitxplatforminputcontextplugin.so

apt-get install -y -qq --no-install-recommends build-essential libxkbcommon-dev libx11-dev libgl1-mesa-dev \
  libegl1-mesa-dev >/dev/null

headers=$(echo /plugin/headers/usr/include/*/qt6)
includes=(-I/plugin "-I$headers")
for module in QtCore QtGui QtDBus; do
  includes+=("-I$headers/$module")
  for private in "$headers/$module"/6.*; do includes+=("-I$private" "-I$private/$module"); done
done
g++ -std=c++17 -O2 -fPIC -fvisibility=hidden -shared -DQT_NO_DEBUG -DQT_PLUGIN "${includes[@]}" /plugin/*.cpp \
  -o "$plugin" -Wl,--no-undefined -Wl,-z,defs -Wl,-rpath,'$ORIGIN/../../lib' \
  "$qt/libQt6Gui.so.6" "$qt/libQt6DBus.so.6" "$qt/libQt6Core.so.6" -Wl,-rpath-link,"$qt" -lxkbcommon
strip --strip-unneeded "$plugin"
