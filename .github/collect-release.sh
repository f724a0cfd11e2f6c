#!/usr/bin/env bash
# Collects what a release consists of, after `mvn verify`: .github/collect-release.sh VERSION DIRECTORY
# DIRECTORY/files gets the distribution, the package of Debian, the SBOM, the libraries with sources and Javadoc, the
# plug-in of Maven with what it runs, and SHA256SUMS;
# DIRECTORY/notes.md gets the section of the changelog.
set -euo pipefail
version=$1
target=$2

mkdir -p "$target/files"
cp "cli/target/faultline-$version.tar.gz" "cli/target/faultline_${version}_all.deb" "$target/files/"
cp cli/target/dist/sbom.cdx.json "$target/files/faultline-$version-sbom.cdx.json"
cp pom.xml "$target/files/faultline-parent-$version.pom"
for library in layout-core:faultline-core offheap-structs:faultline-offheap; do
    directory=${library%%:*}
    artifact=${library#*:}
    cp "$directory/pom.xml" "$target/files/$artifact-$version.pom"
    for kind in "" -sources -javadoc; do
        cp "$directory/target/$artifact-$version$kind.jar" "$target/files/"
    done
done
# the plug-in of Maven, and what it needs besides the libraries
for module in maven-plugin:faultline-maven-plugin cli:faultline-cli reports:faultline-reports \
    benchmarks:faultline-benchmarks; do
    cp "${module%%:*}/pom.xml" "$target/files/${module#*:}-$version.pom"
    cp "${module%%:*}/target/${module#*:}-$version.jar" "$target/files/"
done
(cd "$target/files" && sha256sum -- * >SHA256SUMS)
awk -v heading="## $version " 'index($0, heading) == 1 { on = 1; next } /^## / { on = 0 } on' CHANGELOG.md \
    >"$target/notes.md"
[ -s "$target/notes.md" ] || { echo "CHANGELOG.md has no section for $version" >&2; exit 1; }
