import { execFileSync } from 'node:child_process'
import { expect } from 'chai'
import { cluster, mq } from '../support/mq.ts'

describe('mq completion', () => {
  const dev = cluster()
  before(async () => {
    await dev().run(['topic', 'create', 'orders'])
    await dev().run(['topic', 'create', 'other'])
  })
  const completed = async (...words: string[]): Promise<string[]> => {
    const { code, stdout, stderr } = await dev().run(['completion', 'candidates', '--', ...words])
    expect({ code, stderr }).to.deep.equal({ code: 0, stderr: '' })
    return stdout.split('\n').slice(0, -1)
  }

  it('gives commands, flags and their options', async () => {
    expect(await completed('top')).to.deep.equal(['topic'])
    expect(await completed('topic', 'del')).to.deep.equal(['delete'])
    expect(await completed('topic', 'list', '--mat')).to.deep.equal(['--match'])
    expect(await completed('topic', 'list', '--type', 'FI')).to.deep.equal(['FIFO'])
    expect(await completed('nothing', '')).to.deep.equal([])
  })

  it('gives the names of topics that there are, and is silent without a server', async () => {
    expect(await completed('topic', 'describe', 'or')).to.deep.equal(['orders'])
    expect(await completed('message', 'query', '--topic', 'o')).to.deep.equal(['orders', 'other'])
    const { code, stdout, stderr } = await mq([
      'completion',
      'candidates',
      '-n',
      '127.0.0.1:1',
      '--',
      'topic',
      'describe',
      ''
    ])
    expect({ code, stdout, stderr }).to.deep.equal({ code: 0, stdout: '', stderr: '' })
  })

  it('prints a script that the shell can read', async () => {
    const { stdout } = await mq(['completion', 'bash'])
    execFileSync('bash', ['-n'], { input: stdout })
    for (const shell of ['zsh', 'fish', 'powershell']) {
      expect((await mq(['completion', shell])).stdout).to.contain('mq completion candidates')
    }
    expect((await mq(['completion', 'csh'])).code).to.equal(2)
  })
})
