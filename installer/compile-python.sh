#!/usr/bin/env bash
# Run inside the Debian 11 tree: compile CPython 3.11 from Debian 12's source package into /opt/python.
# Debian's package carries the security fixes of the 3.11 line; compiled here it asks for no glibc newer than 2.31.
set -euo pipefail

export DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8
readonly prefix=/opt/python

apt-get update -qq
apt-get install -y -qq --no-install-recommends \
  build-essential dpkg-dev libssl-dev zlib1g-dev libbz2-dev liblzma-dev libffi-dev libsqlite3-dev libexpat1-dev uuid-dev \
  >/dev/null

rm -rf /opt/python-source && mkdir -p /opt/python-source
cd /opt/python-source
chmod 0777 .  # apt fetches as its own user
# The newest first; an archive sometimes lists a version that it has not got yet.
for version in $(apt-cache showsrc python3.11 | sed -n 's/^Version: //p' | sort -rV); do
  apt-get source -qq "python3.11=$version" && break
done
cd python3.11-*/

# A security fix lets this module use the interpreter's inner headers; Debian compiles it into the interpreter, we do not.
sed -i '1i #define Py_BUILD_CORE_MODULE 1' Modules/pyexpat.c

# --enable-shared: PyInstaller starts the program through libpython. Profile-guided optimisation pays for its minutes.
./configure --quiet --prefix="$prefix" --enable-shared --enable-optimizations --with-system-expat \
  --without-ensurepip LDFLAGS="-Wl,-rpath,$prefix/lib"
make --quiet -j"$(nproc)" PROFILE_TASK="-m test --pgo test_json test_re test_datetime test_collections test_struct"
make --quiet install
"$prefix/bin/python3.11" -c 'import ssl, sqlite3, ctypes, lzma, bz2, zlib, uuid, pyexpat'
