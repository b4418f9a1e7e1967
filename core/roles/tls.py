"""Speaking https, and refusing to speak in clear where others could listen.

Tokens and secrets travel on every request. On this machine's own loopback nobody else hears them; anywhere
else a server wants a certificate, or the operator's word that something in front of it has one.
"""

import ipaddress
import ssl
from dataclasses import dataclass
from pathlib import Path

from core.roles.errors import WrongUse

ANY_ADDRESS = ("0.0.0.0", "::")  # noqa: S104  compared with, not listened at


@dataclass(frozen=True)
class Tls:
    """A certificate chain and its private key, PEM files."""

    certificate: Path
    """The server's certificate, then those between it and the root."""
    key: Path
    """Its private key, not encrypted."""


def tls_of(certificate: Path | None, key: Path | None) -> Tls | None:
    """Return what `--tls-cert` and `--tls-key` name; None when neither is given.

    Raises:
        WrongUse: one of the two is missing, cannot be read, or they do not belong together.
    """
    if certificate is None and key is None:
        return None
    if certificate is None or key is None:
        raise WrongUse("Name both --tls-cert and --tls-key, or neither.")
    try:
        ssl.create_default_context(ssl.Purpose.CLIENT_AUTH).load_cert_chain(certificate, key, lambda: "")
    except (OSError, ValueError) as error:  # a broken or foreign PEM file is an SSLError, which is an OSError
        why = getattr(error, "reason", None) or getattr(error, "strerror", None) or error
        raise WrongUse(f"The certificate and key cannot be used ({why}). Both are PEM files.") from error
    return Tls(certificate, key)


def refuse_clear_text(host: str, url: str | None, *, has_tls: bool, is_wanted: bool) -> None:
    """Refuse an address that others could listen to, and one that nobody could find.

    Raises:
        WrongUse: clear text beyond loopback that nobody asked for; every address without a `--url`.
    """
    if host in ANY_ADDRESS and url is None:
        raise WrongUse(f"{host} is every address of this machine: say with --url which one others use.")
    if not (has_tls or is_wanted or is_loopback(host)):
        raise WrongUse(
            f"At {host} others could read what is sent in clear. Name --tls-cert and --tls-key, "
            "or say --clear-text if something in front of this server speaks https."
        )


def is_loopback(host: str) -> bool:
    """Return whether an address to listen at is this machine's own loopback."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
