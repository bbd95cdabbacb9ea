import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { expect } from 'chai'
import { contextHome } from '../../support/context-home.ts'

describe('mq context prompt', () => {
  const home = contextHome()

  it('prints the name in its colour, and nothing when there is none or the file is wrong', async () => {
    const prompt = async (...flags: string[]) => (await home().run(['context', 'prompt', ...flags])).stdout
    expect(await prompt()).to.equal('')
    await home().json('context', 'add', 'prod', '-n', 'a:1', '--color', 'red')
    expect(await prompt('--format', '(%s)')).to.equal('(prod)')
    expect(await prompt('--shell', 'zsh')).to.equal('%F{red}prod%f')
    expect(await prompt('--shell', 'bash')).to.equal('\u0001\u001b[31m\u0002prod\u0001\u001b[39m\u0002')
    mkdirSync(dirname(home().file), { recursive: true })
    writeFileSync(home().file, '{')
    const { code, stdout, stderr } = await home().run(['context', 'prompt'])
    expect({ code, stdout, stderr }).to.deep.equal({ code: 0, stdout: '', stderr: '' })
  })
})
