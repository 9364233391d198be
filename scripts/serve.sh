#!/bin/sh
# serve.sh PORT [1] -- fill and serve var/own when it exists or a second argument asks for it, else the demo. POSIX sh only.
set -eu
cd "$(dirname "$0")/.."
port=$1
own=${2:-}
python=.venv/bin/python

die() { printf 'error: %s\n' "$*" >&2; exit 1; }

case $port in
*[!0-9]* | '' | 0* | ??????*) die "PORT is '$port'; write a number from 1 to 65535, as in: make run PORT=8001" ;;
esac
[ "$port" -le 65535 ] || die "PORT is $port; write a number from 1 to 65535, as in: make run PORT=8001"

reason=$($python - "$port" <<'PY'
import socket, sys
with socket.socket() as s:
    s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        s.bind(("127.0.0.1", int(sys.argv[1])))
    except OSError as error:
        print(error.strerror)
PY
)
[ -z "$reason" ] || die "port $port cannot be used ($reason); choose another, as in: make run PORT=8001"

export SITE_URL="http://localhost:$port"
export LOG_LEVEL="${LOG_LEVEL:-WARNING}"
case $own in
'' | 0) [ -d var/own ] && own=1 || own= ;;
esac
if [ -n "$own" ]; then
    export DATA_DIR="$PWD/var/own"
    $python manage.py prepare
else
    unset DATABASE_URL DATABASE_URL_FILE # a demo fills var/demo, and never somebody's database
    export DATA_DIR="$PWD/var/demo"
    $python manage.py demo
fi

# Compressing every static file takes ten seconds: only when one may have changed.
collected=$DATA_DIR/static/staticfiles.json
if [ ! -e "$collected" ] || [ -n "$(find static careers/settings.py .venv/.run -newer "$collected")" ]; then
    $python manage.py collectstatic --noinput -v0
fi

echo "Serving $DATA_DIR on $SITE_URL - Ctrl-C stops it."
exec $python -m gunicorn careers.wsgi --bind "127.0.0.1:$port" --workers 1 --threads 24 --no-control-socket --log-level error
