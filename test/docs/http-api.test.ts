/** The examples of docs/http-api.md, run as they stand against `mq dev`; and that the page tells of every subject. */
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { promisify } from 'node:util'
import { expect } from 'chai'
import { endpoints } from '../../src/http/api/table.ts'
import { cluster } from '../support/mq.ts'

const run = promisify(execFile)
const page = readFileSync('docs/http-api.md', 'utf8')
const blocks = Array.from(page.matchAll(/<!-- run -->\n```sh\n([\s\S]*?)```/g), match => match[1]!)

describe('docs/http-api.md', function () {
  this.timeout(30_000)
  const dev = cluster()
  const shell = async (block: string): Promise<string> => {
    const env = { PATH: process.env['PATH'], MQ_API: dev().http }
    return (await run('sh', ['-e', '-c', block], { env })).stdout
  }

  it('has examples that do what they say, in their order', async () => {
    expect(blocks).to.have.length(2)
    const sent = await shell(blocks[0]!)
    expect(sent).to.include('"outcome":"created"').and.include('"body":"hello"')
    expect(sent).to.include('{"items":[{"topic":"http-orders","writeQueueNums":2}]')
    const live = await shell(blocks[1]!)
    expect(live).to.include('"event":"begin"').and.include('"body":"hello"').and.include('event: stats')
  })

  it('names every subject of the API', () => {
    const subjects = new Set(endpoints.map(row => row.path.split(/[/:]/)[1]!))
    const known = ['consumers', 'producers', 'clients', 'clusters', 'latency', 'clean', 'cold-flow', 'read-ahead']
    const rare = new Set([...known, 'broker-stats', 'broker-replication', 'group-configs'])
    expect([...subjects].filter(name => !rare.has(name) && !page.includes(`/${name}`))).to.deep.equal([])
  })
})
