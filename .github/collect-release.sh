#!/usr/bin/env bash
# Collects what a release consists of, after `mvn verify -Prelease`: .github/collect-release.sh VERSION DIRECTORY
# DIRECTORY/files gets the distribution, the package of Debian, the SBOM, the libraries and the plug-in of Maven with
# what it runs, each with sources and Javadoc, and SHA256SUMS;
# DIRECTORY/notes.md gets the section of the changelog.
set -euo pipefail
version=$1
target=$2

odd=$(find layout-core/target/classes -type f ! -perm 644 | head -n 1)
[ -z "$odd" ] || { echo "built with another umask than 022, which changes the jars: $odd" >&2; exit 1; }
mkdir -p "$target/files"
cp "cli/target/faultline-$version.tar.gz" "cli/target/faultline_${version}_all.deb" "$target/files/"
cp cli/target/dist/sbom.cdx.json "$target/files/faultline-$version-sbom.cdx.json"
cp pom.xml "$target/files/faultline-parent-$version.pom"
# the libraries, the plug-in of Maven, and what it needs besides them
for module in layout-core:faultline-core offheap-structs:faultline-offheap benchmarks:faultline-benchmarks \
    reports:faultline-reports cli:faultline-cli maven-plugin:faultline-maven-plugin; do
    directory=${module%%:*}
    artifact=${module#*:}
    cp "$directory/pom.xml" "$target/files/$artifact-$version.pom"
    for kind in "" -sources -javadoc; do
        cp "$directory/target/$artifact-$version$kind.jar" "$target/files/" ||
            { echo "build with -Prelease, which makes sources and Javadoc of every module" >&2; exit 1; }
    done
done
(cd "$target/files" && sha256sum -- * >SHA256SUMS)
awk -v heading="## $version " 'index($0, heading) == 1 { on = 1; next } /^## / { on = 0 } on' CHANGELOG.md \
    >"$target/notes.md"
[ -s "$target/notes.md" ] || { echo "CHANGELOG.md has no section for $version" >&2; exit 1; }
