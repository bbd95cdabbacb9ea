import { expect } from 'chai'
import { hostileCases, perCodeMin, planOf, validPart } from './cases.ts'
import { declaredRequests, exampleOf } from './requests.ts'

describe('hostile cases', () => {
  it('are mostly mutations of valid requests, a hundred of every code', async function () {
    this.timeout(60_000)
    const examples = (await declaredRequests()).map(request => exampleOf(request, 'broker'))
    const cases = hostileCases(examples, planOf(1, 20_000, examples.length))
    expect(cases).to.have.length(20_000)
    const mutated = cases.filter(attack => attack.code !== undefined)
    expect(mutated.length / cases.length).to.be.at.least(validPart - 0.001)
    for (const { code } of examples) {
      expect(mutated.filter(attack => attack.code === code).length, `cases of code ${code}`).to.be.at.least(perCodeMin)
    }
  })

  it('are the same for the same seed', async () => {
    const examples = (await declaredRequests()).map(request => exampleOf(request, 'broker')).slice(0, 5)
    const bytes = (seed: number) =>
      Buffer.concat(hostileCases(examples, planOf(seed, 300, 5)).flatMap(({ writes }) => writes))
    expect(bytes(7).equals(bytes(7))).to.equal(true)
    expect(bytes(7).equals(bytes(8))).to.equal(false)
  })
})
