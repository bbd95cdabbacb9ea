import { connect, createServer, type Server, type Socket } from 'node:net'
import { expect } from 'chai'
import { adopt } from '../../src/remoting/adopt.ts'
import { eventually } from '../support/eventually.ts'

describe('adopting an accepted socket', () => {
  let server: Server
  const clients: Socket[] = []

  afterEach(async () => {
    for (const client of clients.splice(0)) client.destroy()
    await new Promise(resolve => server.close(resolve))
  })

  const start = async (onSocket: (accepted: Socket) => void): Promise<number> => {
    server = createServer({ pauseOnConnect: true }, onSocket)
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    return (server.address() as { port: number }).port
  }

  const client = (port: number): Socket => {
    const socket = connect(port, '127.0.0.1')
    socket.on('error', () => {})
    clients.push(socket)
    return socket
  }

  it('moves the handle into a socket that reads into one buffer for all', async () => {
    const chunks = new Set<Buffer>()
    const moved: boolean[] = []
    let bytes = 0
    const port = await start(accepted => {
      const socket = adopt(accepted, (chunk, length) => {
        chunks.add(chunk)
        bytes += length
      })
      socket.on('error', () => {})
      moved.push(socket !== accepted)
    })
    for (let i = 0; i < 5; i++) client(port).write(Buffer.alloc(10_000))
    await eventually(() => bytes === 50_000, 'all bytes came')
    expect(moved).to.deep.equal([true, true, true, true, true])
    expect(chunks.size).to.equal(1)
  })

  for (const share of [true, false]) {
    describe(share ? 'with the shared buffer' : 'with data events', () => {
      it('delivers bytes, stops and goes on, writes, and tells the end', async () => {
        let got = ''
        const events: string[] = []
        let adopted: Socket | undefined
        const port = await start(accepted => {
          const socket = adopt(
            accepted,
            (chunk, length) => {
              got += chunk.toString('latin1', 0, length)
            },
            share
          )
          socket.on('end', () => events.push('end'))
          socket.on('close', () => events.push('close'))
          adopted = socket
        })
        const peer = client(port)
        let answered = ''
        peer.on('data', chunk => {
          answered += chunk.toString()
        })
        peer.write('one')
        await eventually(() => got === 'one', 'the first bytes came')
        adopted!.pause()
        peer.write('two')
        adopted!.write('answer')
        await eventually(() => answered === 'answer', 'the answer came')
        for (let turn = 0; turn < 20; turn++) await new Promise(resolve => setImmediate(resolve))
        expect(got).to.equal('one')
        adopted!.resume()
        await eventually(() => got === 'onetwo', 'the rest came')
        expect(adopted!.remoteAddress).to.equal('127.0.0.1')
        peer.end()
        await eventually(() => events.length === 2, 'the end was told')
        expect(events).to.deep.equal(['end', 'close'])
      })
    })
  }
})
