#!/bin/sh
# Fetches the example library of biblatex from Debian's texlive-bibtex-extra into a folder and prints its path.
# The file is not ours and is not kept with the project:
#   BIBLATEX_EXAMPLES=$(tests/bibliography/fetch_examples.sh /tmp/examples) pytest tests/bibliography
set -eu
folder=${1:?name a folder to fetch into}
mkdir -p "$folder"
cd "$folder"
[ -f biblatex-examples.bib ] || {
  apt-get download texlive-bibtex-extra >&2
  dpkg-deb --fsys-tarfile texlive-bibtex-extra_*.deb |
    tar -xOf - ./usr/share/doc/texlive-doc/latex/biblatex/examples/biblatex-examples.bib.gz |
    gunzip > biblatex-examples.bib.part
  mv biblatex-examples.bib.part biblatex-examples.bib
  rm -f texlive-bibtex-extra_*.deb
}
printf '%s\n' "$(pwd)/biblatex-examples.bib"
