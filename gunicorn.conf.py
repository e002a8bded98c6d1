"""How gunicorn serves the portal: `./portal run` names this file, and a gunicorn started in this folder finds it."""

wsgi_app = "gpi_portal.wsgi"
threads = 4
loglevel = "warning"
control_socket_disable = True
# A search may have 500 letters, each of which takes nine in an address.
limit_request_line = 8190

# Paths without their query string, and no address: what visitors look for stays theirs.
logger_class = "gpi_portal.web.access_log.AccessLog"
accesslog = "-"
access_log_format = "%(m)s %(U)s %(s)s %(M)sms"

# gunicorn would believe whoever connects from this machine, where every proxy stands and passes on what visitors send.
# No header says by itself under which scheme, at which path or from where a visitor comes: TRUST_X_FORWARDED_PROTO
# and TRUST_X_FORWARDED_FOR let the portal read the two that a proxy sets.
secure_scheme_headers: dict[str, str] = {}
forwarder_headers = ""
forwarded_allow_ips = ""
proxy_protocol = "off"
proxy_allow_ips = ""
header_map = "drop"
