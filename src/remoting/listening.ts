/** Opens a listening socket; its errors become sentences. */
import type { Server } from 'node:net'
import { MqError } from '../kit/errors.ts'
import { formatAddress, plainHost } from './address.ts'
import type { Endpoint } from './peer.ts'

const refusal = (error: NodeJS.ErrnoException, wanted: Endpoint): MqError => {
  const address = formatAddress(wanted)
  if (error.code === 'EADDRINUSE') {
    return new MqError('MQ_PORT_IN_USE', `cannot listen on ${address}, since another process does`, { cause: error })
  }
  const reason =
    error.code === 'EACCES'
      ? 'since the system does not permit it'
      : error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND'
        ? 'since this machine has no such address'
        : `because of ${error.message}`
  return new MqError('MQ_CONFIG_INVALID', `cannot listen on ${address} ${reason}`, { cause: error })
}

/** Resolves to the bound address; port 0 has become a real one. Rejects with MQ_PORT_IN_USE or MQ_CONFIG_INVALID. */
export const startListening = (server: Server, wanted: Endpoint): Promise<Endpoint> =>
  new Promise((resolve, reject) => {
    const failed = (error: NodeJS.ErrnoException): void => reject(refusal(error, wanted))
    server.once('error', failed)
    server.listen({ host: wanted.host, port: wanted.port, backlog: 1024 }, () => {
      server.off('error', failed)
      const bound = server.address()
      if (bound === null || typeof bound === 'string') return
      resolve({ host: plainHost(bound.address), port: bound.port })
    })
  })
