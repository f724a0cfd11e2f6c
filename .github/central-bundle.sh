#!/usr/bin/env bash
# Makes the bundle that Maven Central takes of a directory that `mvn deploy` has filled, and checks what Central checks:
# .github/central-bundle.sh DIRECTORY FILE.zip
# Each artefact needs its sources and Javadoc, each POM what tells who made what, each file a signature when gpg has a
# key. (A POM without a parent must tell all; the others inherit it.)
set -euo pipefail
directory=$1
bundle=$(realpath -m "$2")

fail() { echo "central-bundle: $1" >&2; exit 1; }

poms=$(find "$directory" -name '*.pom' | sort)
[ -n "$poms" ] || fail "$directory has no POM: fill it with 'mvn deploy'"
while IFS= read -r pom; do
    base=${pom%.pom}
    for element in name description; do
        grep -q "<$element>" "$pom" || fail "$pom has no <$element>"
    done
    if ! grep -q '<parent>' "$pom"; then
        for element in url licenses developers scm; do
            grep -q "<$element[ >]" "$pom" || fail "$pom has no <$element>"
        done
    fi
    if ! grep -q '<packaging>pom</packaging>' "$pom"; then
        for kind in "" -sources -javadoc; do
            [ -s "$base$kind.jar" ] || fail "$base$kind.jar is missing: build with -Prelease"
        done
    fi
done <<<"$poms"

find "$directory" -name 'maven-metadata*' -delete # of a repository, not of a bundle
find "$directory" -name '*.asc*' -delete
if gpg --list-secret-keys 2>/dev/null | grep -q '^sec'; then
    find "$directory" -type f ! -name '*.md5' ! -name '*.sha1' -exec gpg --batch --armor --detach-sign {} \;
else
    echo "central-bundle: gpg has no key, so nothing is signed, and Central would refuse it" >&2
fi
rm -f "$bundle"
jar --create --no-manifest --file "$bundle" -C "$directory" .
