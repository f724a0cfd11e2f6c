#!/bin/sh
# Builds three programs of Debian's sources as LLVM IR and inspects each: a key-value server, a library of concurrent
# structures, an allocator. Needs apt-get, dpkg-dev, clang, make; changes nothing outside of DIRECTORY.
#   benchmarks/llvm-programs.sh DIRECTORY [FAULTLINE]
set -eu
directory=$(mkdir -p "$1" && cd "$1" && pwd)
faultline=${2:-faultline}
cd "$directory"
mkdir -p lists/partial cache/archives/partial ir/redis ir/ck ir/jemalloc
echo "deb-src [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] http://deb.debian.org/debian bookworm main" > sources.list
fetch() {
    apt-get -o Dir::Etc::sourcelist="$directory/sources.list" -o Dir::Etc::sourceparts=- \
        -o Dir::State::Lists="$directory/lists" -o Dir::Cache="$directory/cache" "$@"
}
fetch update
fetch source --download-only redis ck jemalloc
for archive in *.orig.tar.*; do tar -xf "$archive"; done
flags="-w -O1 -g -D_GNU_SOURCE -emit-llvm -S"
(
    cd redis-*/src
    ./mkreleasehdr.sh
    for file in *.c; do
        clang $flags -std=c11 -DREDIS_STATIC= -I../deps/hiredis -I../deps/linenoise -I../deps/lua/src \
            -I../deps/hdr_histogram "$file" -o "$directory/ir/redis/${file%.c}.ll" || echo "left out: $file"
    done
)
(
    cd ck-*/
    CC=clang ./configure
    for file in src/*.c; do
        clang $flags -Iinclude "$file" -o "$directory/ir/ck/$(basename "${file%.c}").ll"
    done
)
(
    cd jemalloc-*/
    CC=clang ./configure --disable-cxx
    for file in src/*.c; do
        clang $flags -std=gnu11 -DJEMALLOC_NO_PRIVATE_NAMESPACE -Iinclude "$file" \
            -o "$directory/ir/jemalloc/$(basename "${file%.c}").ll" || echo "left out: $file"
    done
)
for program in redis ck jemalloc; do
    echo "== $program"
    time "$faultline" inspect "ir/$program"
done
