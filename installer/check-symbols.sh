#!/usr/bin/env bash
# Check every program and library of a folder: none may ask for a C or C++ run-time newer than Kylin V10 SP1's.
# Usage: check-symbols.sh FOLDER
set -euo pipefail

readonly folder=$1 highest_glibc=2.31 highest_glibcxx=3.4.28

# The highest version of one symbol family in a file, e.g. "GLIBC" → "2.28"; nothing when it asks for none.
highest() { { objdump -T "$2" 2>/dev/null || true; } | grep -oP "\b$1_\K[0-9]+(\.[0-9]+)+" | sort -uV | tail -n 1 || true; }

is_newer() { [[ $1 != "$2" && $(printf '%s\n%s\n' "$1" "$2" | sort -V | tail -n 1) == "$1" ]]; }

files=0 failures=0 top_glibc=0 top_glibcxx=0
while IFS= read -r -d '' file; do
  [[ $(head -c 4 "$file" | tr -d '\0') == $'\x7fELF' ]] || continue
  files=$((files + 1))
  glibc=$(highest GLIBC "$file")
  glibcxx=$(highest GLIBCXX "$file")
  [[ -z $glibc ]] || ! is_newer "$glibc" "$top_glibc" || top_glibc=$glibc
  [[ -z $glibcxx ]] || ! is_newer "$glibcxx" "$top_glibcxx" || top_glibcxx=$glibcxx
  if is_newer "${glibc:-0}" "$highest_glibc" || is_newer "${glibcxx:-0}" "$highest_glibcxx"; then
    echo "要求过新：${file#"$folder"/}  GLIBC ${glibc:-无}  GLIBCXX ${glibcxx:-无}"
    failures=$((failures + 1))
  fi
done < <(find "$folder" -type f -print0)

((files)) || { echo "“$folder”里没有程序文件。"; exit 1; }
echo "检查了 $files 个程序文件：GLIBC 最高 $top_glibc（限 $highest_glibc），GLIBCXX 最高 $top_glibcxx（限 $highest_glibcxx）。"
((failures == 0))
