/** Asks a NameServer for routes with a hand-made frame, so that waiting for a peer trusts no code under test. */
import { connect } from 'node:net'

/** The response code and body of GET_ROUTEINFO_BY_TOPIC; rejects when nobody listens. */
export const askRoute = (address: string, topic: string): Promise<{ code: number; body: string }> =>
  new Promise((resolve, reject) => {
    const [host, port] = address.split(':')
    const header = Buffer.from(
      JSON.stringify({
        code: 105,
        extFields: { topic, acceptStandardJsonOnly: 'true' },
        flag: 0,
        language: 'JAVA',
        opaque: 1,
        serializeTypeCurrentRPC: 'JSON',
        version: 513
      })
    )
    const frame = Buffer.alloc(8 + header.length)
    frame.writeUInt32BE(4 + header.length, 0)
    frame.writeUInt32BE(header.length, 4)
    header.copy(frame, 8)
    const socket = connect(Number(port), host, () => socket.write(frame))
    let received = Buffer.alloc(0)
    socket.setTimeout(3000, () => socket.destroy(new Error(`${address} did not answer in 3000 ms`)))
    socket.once('error', reject)
    socket.once('close', () => reject(new Error(`${address} closed the connection`)))
    socket.on('data', chunk => {
      received = Buffer.concat([received, chunk])
      if (received.length < 8 || received.length < 4 + received.readUInt32BE(0)) return
      const headerLength = received.readUInt32BE(4) & 0xff_ffff
      const { code } = JSON.parse(received.toString('utf8', 8, 8 + headerLength)) as { code: number }
      resolve({ code, body: received.toString('utf8', 8 + headerLength) })
      socket.destroy()
    })
  })

/** Polls until `done` holds; errors count as "not yet". Gives up with `what` when `whileAlive` ends or time is over. */
export const poll = async (
  what: string,
  timeoutMs: number,
  whileAlive: Promise<string>,
  done: () => Promise<boolean>
): Promise<void> => {
  let end = ''
  void whileAlive.then(why => {
    end = why
  })
  const deadline = performance.now() + timeoutMs
  while (!(await done().catch(() => false))) {
    if (end !== '') throw new Error(`${what}: ${end}`)
    if (performance.now() > deadline) throw new Error(`${what}: not in ${timeoutMs} ms`)
    await new Promise(resolve => setTimeout(resolve, 100))
  }
}
