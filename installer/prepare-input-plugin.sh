#!/usr/bin/env bash
# Run inside a Debian 13 tree: fetch the fcitx plugin's source, Qt's headers, and what Qt's tools generate from the source.
# The result, /plugin, is compiled in the Debian 11 tree by compile-input-plugin.sh. Debian 13's Qt (6.8) is the nearest
# Debian has to the Qt of our wheels (6.9, on ARM64 6.8), and not newer: a plugin built for an older Qt 6 loads.
set -euo pipefail

export DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8
readonly tools=/usr/lib/qt6

apt-get update -qq
apt-get install -y -qq --no-install-recommends qt6-base-dev-tools xz-utils >/dev/null
rm -rf /plugin && mkdir -p /plugin/debs && chmod 0777 /plugin/debs
cd /plugin/debs
apt-get download -qq qt6-base-dev qt6-base-private-dev
for deb in *.deb; do dpkg -x "$deb" /plugin/headers; done
# The source alone; its patches are for Debian's own build.
apt-get source -qq --download-only fcitx-qt5 || true  # only the .orig archive is needed, checked against the signed index
tar -xf fcitx-qt5_*.orig.tar.* --strip-components=1
cp -L qt6/platforminputcontext/* /plugin/
rm -rf /plugin/debs

cd /plugin
for interface in InputContext:inputcontextproxy InputContext1:inputcontext1proxy \
  InputMethod:inputmethodproxy InputMethod1:inputmethod1proxy; do
  "$tools/bin/qdbusxml2cpp" -i fcitxqtdbustypes.h -p "${interface#*:}" "org.fcitx.Fcitx.${interface%:*}.xml"
done
private=$(echo headers/usr/include/*/qt6/QtGui/6.*/QtGui)
for header in *.h; do
  "$tools/libexec/moc" -I . -I "$private" "$header" -o "moc_${header%.h}.cpp"
done
