#!/bin/sh
# postgres.sh COMMAND... -- run a command with DATABASE_URL set to a PostgreSQL server that is thrown away afterwards.
# postgres.sh --find -- print the folder of the server's programs, newest first. POSIX sh only.
# The server listens on a Unix socket in a folder that only its user and root can open, and never syncs to disk.
set -eu

die() { printf 'error: %s\n' "$*" >&2; exit 1; }

find_programs() {
    found=$(command -v initdb 2>/dev/null) && { dirname "$found"; return 0; }
    for version in 18 17 16 15; do
        for folder in "/usr/lib/postgresql/$version/bin" "/usr/pgsql-$version/bin" "/opt/homebrew/opt/postgresql@$version/bin"; do
            [ -x "$folder/initdb" ] && { echo "$folder"; return 0; }
        done
    done
    return 1
}

[ "${1:-}" = --find ] && { find_programs; exit; }
[ $# -gt 0 ] || die "usage: postgres.sh COMMAND..."
programs=$(find_programs) || die "no PostgreSQL server found"

folder=$(mktemp -d /tmp/careers-postgres.XXXXXX) # short: a socket's path has at most 107 characters
log=$folder/log

# PostgreSQL refuses to be root.
as_server() { "$@"; }
if [ "$(id -u)" = 0 ]; then
    user=postgres
    id "$user" >/dev/null 2>&1 || user=nobody
    chown "$user" "$folder"
    as_server() { runuser -u "$user" -- "$@"; }
fi

end() {
    status=$?
    trap '' INT TERM HUP
    (cd / && as_server "$programs/pg_ctl" -D "$folder/data" -m immediate stop) >/dev/null 2>&1 || :
    rm -rf "$folder"
    exit "$status"
}
trap end EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

start() (
    cd / # where every user may be
    options="--username=careers --auth=trust --encoding=UTF8 --no-sync"
    as_server "$programs/initdb" -D "$folder/data" $options --locale=C.UTF-8 ||
        as_server "$programs/initdb" -D "$folder/data" $options --locale=en_US.UTF-8 || exit
    as_server "$programs/pg_ctl" -D "$folder/data" -l "$folder/server.log" -w \
        -o "-k $folder -c listen_addresses='' -c fsync=off -c synchronous_commit=off -c full_page_writes=off" start
)
start >"$log" 2>&1 || { cat "$log" "$folder/server.log" >&2 2>/dev/null; die "the PostgreSQL server did not start (see above)"; }

DATABASE_URL=postgres://careers@/$folder/postgres "$@"
