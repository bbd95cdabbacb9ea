import { readFileSync } from 'node:fs'
import { Plugin } from '@oclif/core'
import { expect } from 'chai'

interface CommandEntry {
  readonly id: string
  readonly examples?: readonly string[]
  readonly summary?: string
  readonly flags: Readonly<Record<string, { readonly char?: string; readonly description?: string }>>
}

const committed = JSON.parse(readFileSync('oclif.manifest.json', 'utf8')) as { commands: Record<string, CommandEntry> }
const commands = Object.values(committed.commands)

describe('oclif.manifest.json', () => {
  it('is what the commands say; `npm run manifest` writes it anew', async () => {
    const plugin = new Plugin({
      root: process.cwd(),
      ignoreManifest: true,
      respectNoCacheDefault: true,
      type: 'core'
    } as never)
    await plugin.load()
    expect(committed).to.deep.equal(JSON.parse(JSON.stringify(plugin.manifest)))
  })

  it('gives every command a summary and at least two examples', () => {
    const poor = commands.filter(({ summary, examples }) => summary === undefined || (examples ?? []).length < 2)
    expect(poor.map(command => command.id)).to.deep.equal([])
  })

  it('gives a letter one meaning everywhere, but for -f', () => {
    // -N is how many: of messages to read, of rows to show, of probes to send.
    const howMany = new Set(['num', 'limit', 'count'])
    const meanings = new Map<string, Set<string>>()
    for (const { flags } of commands) {
      for (const [name, { char }] of Object.entries(flags)) {
        const meaning = char === 'N' && howMany.has(name) ? 'how many' : name
        if (char !== undefined && char !== 'f') meanings.set(char, (meanings.get(char) ?? new Set()).add(meaning))
      }
    }
    const clashes = [...meanings].filter(([, names]) => names.size > 1).map(([char, names]) => [char, ...names])
    expect(clashes).to.deep.equal([])
  })

  it('describes every flag', () => {
    const silent = commands.flatMap(({ id, flags }) =>
      Object.entries(flags).flatMap(([name, flag]) => (flag.description === undefined ? [`${id} --${name}`] : []))
    )
    expect(silent).to.deep.equal([])
  })
})
