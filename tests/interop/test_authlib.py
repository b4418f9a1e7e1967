"""Authlib, a real OAuth client, completes the code flow with PKCE, refreshes, looks at its token, revokes."""

import secrets

import pytest
from authlib.integrations.httpx_client import OAuth2Client
from authlib.integrations.requests_client import OAuth2Session

from tests.server.oauth.site import BACK, Site, approve
from tests.server.orders.world import World


@pytest.mark.parametrize("library", [OAuth2Client, OAuth2Session])
def test_the_code_flow_from_address_to_revocation(
    world: World, library: type[OAuth2Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AUTHLIB_INSECURE_TRANSPORT", "1")
    site, person = Site(world), world.person()
    person.pair(site)
    document = world.http.get(f"{world.url}/.well-known/oauth-authorization-server").json()
    usual = {"scope": "openid offline_access", "redirect_uri": BACK, "code_challenge_method": "S256"}
    client = library(site.client_id, site.secret, **usual)
    verifier = secrets.token_urlsafe(48)
    address, state = client.create_authorization_url(
        document["authorization_endpoint"], code_verifier=verifier, login_hint="Momo"
    )
    page = world.http.get(address).headers["location"]
    approve(person)
    back = world.http.get(page).headers["location"]
    token = client.fetch_token(
        document["token_endpoint"], authorization_response=back, code_verifier=verifier, state=state
    )
    assert token["token_type"] == "Bearer"
    later = client.refresh_token(document["token_endpoint"], refresh_token=token["refresh_token"])
    assert later["refresh_token"] != token["refresh_token"]
    told = client.introspect_token(document["introspection_endpoint"], token=later["access_token"])
    assert told.json()["active"] is True
    client.revoke_token(document["revocation_endpoint"], token=later["refresh_token"])
    assert site.introspect(later["refresh_token"]) == {"active": False}
    client.close()
