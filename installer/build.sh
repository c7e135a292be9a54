#!/usr/bin/env bash
# Build the program folder for Linux PCs without Python: installer/build.sh [WORK_FOLDER]
#
# Needs root on a Debian machine with debootstrap, binutils and xz. What is committed is what is built. The trees in the work
# folder are kept, so the second build takes a minute; remove the folder to begin anew. Result: WORK_FOLDER/LiaisonStation-….tar.xz
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
readonly here project=${here%/*}
work=$(realpath -m "${1:-$project/build}")
tree=$work/debian11 tools_tree=$work/debian13
# shellcheck source=installer/trees.sh
source "$here/trees.sh"

say() { echo "[$(date +%H:%M:%S)] $*"; }

[[ $(id -u) == 0 ]] || { echo "请用 root 运行：建立 Debian 目录树需要 root 权限。"; exit 1; }
for tool in debootstrap objdump xz git; do
  command -v "$tool" >/dev/null || { echo "缺少 $tool，请先安装：apt-get install debootstrap binutils xz-utils git"; exit 1; }
done
mkdir -p "$work"

if [[ ! -e $tree/opt/.python-ready ]]; then
  say "建立 Debian 11 目录树，编译 Python 3.11……"
  rm -rf "$tree"
  make_tree bullseye "$tree"
  add_sources bookworm "$tree"  # Debian 12 has Python 3.11
  cp "$here/compile-python.sh" "$tree/root/"
  in_tree "$tree" /root/compile-python.sh >"$work/python.log" 2>&1 || { echo "编译 Python 失败，详见 $work/python.log。"; exit 1; }
  touch "$tree/opt/.python-ready"
fi

if [[ ! -e $tree/plugin/main.cpp ]]; then
  say "准备 fcitx 输入法插件的源代码……"
  rm -rf "$tools_tree" "$tree/plugin"
  make_tree trixie "$tools_tree"
  add_sources trixie "$tools_tree"
  cp "$here/prepare-input-plugin.sh" "$tools_tree/root/"
  in_tree "$tools_tree" /root/prepare-input-plugin.sh >"$work/plugin.log" 2>&1 ||
    { echo "准备输入法插件失败，详见 $work/plugin.log。"; exit 1; }
  cp -a "$tools_tree/plugin" "$tree/plugin"
  rm -rf "$tools_tree"
fi

say "安装依赖并打包程序……"
share_pip "$tree"
rm -rf "$tree/project" && mkdir -p "$tree/project"
git -C "$project" archive HEAD | tar -x -C "$tree/project"
in_tree "$tree" bash /project/installer/freeze.sh >"$work/freeze.log" 2>&1 || { echo "打包失败，详见 $work/freeze.log。"; exit 1; }
"$here/check-symbols.sh" "$tree/output/LiaisonStation"

version=$(sed -n 's/^version = "\(.*\)"/\1/p' "$project/pyproject.toml")
archive=$work/LiaisonStation-$version-linux-$(uname -m).tar.xz
say "压缩……"
tar -C "$tree/output" --owner=0 --group=0 --numeric-owner --sort=name -cf - LiaisonStation | nice -n 15 xz -T0 -6 >"$archive"
say "完成：$archive（文件夹 $(du -sh "$tree/output/LiaisonStation" | cut -f1)，压缩包 $(du -sh "$archive" | cut -f1)）"
