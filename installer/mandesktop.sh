#!/usr/bin/env bash
# The manual page of andon, from what `andon --help` says:   installer/mandesktop.sh VERSION <help >andon.1
set -euo pipefail
version=${1:?version}

cat <<PAGE
.TH ANDON 1 "" "Andon $version" "User Commands"
.SH NAME
andon \\- console of an AI factory: its data, machines and money
.SH SYNOPSIS
.B andon
[OPTIONS] [LINK]
.SH DESCRIPTION
Shows the four stations of an AI factory, which data made which model, and what a token costs. LINK is an
andon:// link to what is shown; beside a console that is already open it is opened there.
.SH OPTIONS
PAGE
# "  -h, --help   Displays …": two columns, continued lines are indented.
awk '/^Options:/ { on = 1; next }
     /^$|^Arguments:/ { if (on) exit }
     on {
         line = $0; sub(/^ +/, "", line); gsub(/\\/, "\\e", line); gsub(/-/, "\\-", line)
         if ($0 ~ /^  -/) {
             at = match(line, /  +/)
             if (at) print ".TP\n.B " substr(line, 1, at - 1) "\n" substr(line, at + RLENGTH)
             else print ".TP\n.B " line
         } else print line
     }'
cat <<'PAGE'
.SH SEE ALSO
.BR andonctl (1)
PAGE
