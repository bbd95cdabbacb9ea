import { expect } from 'chai'
import { page } from '../../../src/http/api/endpoint.ts'
import type { MqError } from '../../../src/kit/errors.ts'

interface Page {
  readonly items: readonly string[]
  readonly truncated: boolean
  readonly next: string | null
}

describe('a page of a list', () => {
  const names = (count: number): string[] => Array.from({ length: count }, (_, at) => `n${String(at).padStart(3, '0')}`)
  const ask = (items: readonly string[], query: { limit: number; cursor?: string; match?: string }): Page =>
    page({ items, warnings: [] }, query, name => name).body as Page

  it('goes through all of them, each once', () => {
    const seen: string[] = []
    let cursor: string | null = null
    do {
      const { items, next, truncated }: Page = ask(names(25), { limit: 10, ...(cursor === null ? {} : { cursor }) })
      expect(truncated).to.equal(next !== null)
      seen.push(...items)
      cursor = next
    } while (cursor !== null)
    expect(seen).to.deep.equal(names(25))
  })

  it('jumps over nothing when items come and go in between', () => {
    const { next } = ask(names(20), { limit: 10 })
    const changed = names(20).filter(name => name !== 'n003')
    expect(ask(changed, { limit: 10, cursor: next! }).items).to.deep.equal(names(20).slice(10))
  })

  it('shows what matches only, and refuses a cursor of another kind', () => {
    expect(ask(names(30), { limit: 5, match: '01' })).to.deep.include({
      truncated: true,
      items: names(15).slice(1, 2).concat(names(15).slice(10)).slice(0, 5)
    })
    expect(() => ask(names(3), { limit: 1, cursor: 'AAAA' }))
      .to.throw('not one that a page gave')
      .with.property('code', 'MQ_USAGE' satisfies MqError['code'])
  })
})
