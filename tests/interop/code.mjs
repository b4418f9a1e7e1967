// The real openid-client walks the code flow with DPoP: one line of JSON in for each step, one line out.
import { createInterface } from 'node:readline'
import * as client from 'openid-client'

const say = (message) => process.stdout.write(JSON.stringify(message) + '\n')
const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]()
const hear = async () => JSON.parse((await lines.next()).value)

const given = await hear()
const config = await client.discovery(
  new URL(given.issuer), given.client_id, undefined, client.ClientSecretBasic(given.client_secret),
  { execute: [client.allowInsecureRequests] })
client.enableNonRepudiationChecks(config)
const DPoP = client.getDPoPHandle(config, await client.randomDPoPKeyPair('ES256'))

const pkceCodeVerifier = client.randomPKCECodeVerifier()
const expectedState = client.randomState()
const expectedNonce = client.randomNonce()
const address = client.buildAuthorizationUrl(config, {
  redirect_uri: given.redirect_uri,
  scope: 'openid offline_access',
  login_hint: 'Momo',
  code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
  code_challenge_method: 'S256',
  state: expectedState,
  nonce: expectedNonce,
  dpop_jkt: await DPoP.calculateThumbprint(),
})
say({ address: address.href })

try {
  const { back } = await hear()
  const checks = { pkceCodeVerifier, expectedState, expectedNonce, idTokenExpected: true }
  const tokens = await client.authorizationCodeGrant(config, new URL(back), checks, undefined, { DPoP })
  say({ token_type: tokens.token_type, claims: tokens.claims() })
  const later = await client.refreshTokenGrant(config, tokens.refresh_token, undefined, { DPoP })
  say({ token_type: later.token_type, rotated: later.refresh_token !== tokens.refresh_token })
  const told = await client.tokenIntrospection(config, later.access_token)
  say({ active: told.active, jkt: told.cnf.jkt, expected: await DPoP.calculateThumbprint() })
  const own = await client.clientCredentialsGrant(config, { scope: 'device' }, { DPoP })
  const answer = await client.fetchProtectedResource(
    config, own.access_token, new URL('/contacts', given.issuer), 'GET', undefined, undefined, { DPoP })
  say({ status: answer.status })
  await client.tokenRevocation(config, later.refresh_token)
  say({ active: (await client.tokenIntrospection(config, later.refresh_token)).active })
} catch (error) {
  say({ error: error.error ?? error.code ?? String(error), cause: String(error.cause ?? '') })
}
process.exit(0)
