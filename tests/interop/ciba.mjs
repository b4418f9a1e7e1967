// The real openid-client as a CIBA client: one line of JSON in to begin, one line out for each step.
import { createServer } from 'node:http'
import { createInterface } from 'node:readline'
import * as client from 'openid-client'

const CIBA = 'urn:openid:params:grant-type:ciba'
const say = (message) => process.stdout.write(JSON.stringify(message) + '\n')
const pinged = []
let heard
const ping = new Promise((resolve) => { heard = resolve })

const server = createServer((request, response) => {
  let body = ''
  request.on('data', (part) => { body += part })
  request.on('end', () => {
    pinged.push({ authorization: request.headers.authorization, body: JSON.parse(body) })
    response.writeHead(204).end()
    heard()
  })
})
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
say({ port: server.address().port })

const lines = createInterface({ input: process.stdin })
const given = JSON.parse(await new Promise((resolve) => lines.once('line', resolve)))
lines.close()
const authentication = given.client_secret
  ? client.ClientSecretBasic(given.client_secret)
  : client.PrivateKeyJwt(await crypto.subtle.importKey(
      'jwk', given.jwk, { name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign']))
const config = await client.discovery(
  new URL(given.issuer), given.client_id, undefined, authentication,
  { execute: [client.allowInsecureRequests] })
client.enableNonRepudiationChecks(config)

try {
  const asked = await client.initiateBackchannelAuthentication(config, given.parameters)
  say({ asked })
  let tokens
  if (given.mode === 'ping') {
    await ping
    tokens = await client.genericGrantRequest(config, CIBA, { auth_req_id: pinged[0].body.auth_req_id })
  } else {
    tokens = await client.pollBackchannelAuthenticationGrant(config, asked)
  }
  say({ token_type: tokens.token_type, claims: tokens.claims?.() ?? null, pinged, tokens })
} catch (error) {
  say({ error: error.error ?? error.code ?? String(error), cause: String(error.cause ?? '') })
}
server.close()
