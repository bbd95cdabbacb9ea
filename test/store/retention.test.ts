import { expect } from 'chai'
import { isTimeToDelete, removalReason } from '../../src/store/retention.ts'

const hour = 3_600_000
const settings = {
  fileReservedTime: 72,
  deleteWhen: '04',
  diskMaxUsedSpaceRatio: 75,
  diskSpaceCleanForciblyRatio: 85,
  cleanFileForciblyEnable: false
}
/** A time at an hour of the day, local. */
const atHour = (h: number): number => new Date(2026, 5, 10, h, 30).getTime()
const segment = (ageHours: number, now: number) => ({ sealed: true, lastStoreTime: now - ageHours * hour })
const now = (h: number, usedRatio = 10, always = false) => ({ ms: atHour(h), usedRatio, always })

describe('retention', () => {
  it('knows the hours of deleteWhen', () => {
    expect(isTimeToDelete('04', atHour(4))).to.equal(true)
    expect(isTimeToDelete('04', atHour(5))).to.equal(false)
    expect(isTimeToDelete('1;4; 23', atHour(23))).to.equal(true)
    expect(isTimeToDelete('', atHour(0))).to.equal(false)
  })

  it('removes what is past its time, at its hour, when asked, or when the disk is tight', () => {
    const old = segment(73, atHour(4))
    expect(removalReason(old, settings, now(4))).to.equal('expired')
    expect(removalReason(segment(71, atHour(4)), settings, now(4))).to.equal(undefined)
    expect(removalReason(segment(73, atHour(5)), settings, now(5))).to.equal(undefined)
    expect(removalReason(segment(73, atHour(5)), settings, now(5, 80))).to.equal('expired')
    expect(removalReason(segment(73, atHour(5)), settings, now(5, 10, true))).to.equal('expired')
  })

  it('never removes the segment that is written to, nor data within its time unless that was asked for', () => {
    expect(removalReason({ sealed: false, lastStoreTime: 0 }, settings, now(4, 99))).to.equal(undefined)
    expect(removalReason(segment(1, atHour(4)), settings, now(4, 99, true))).to.equal(undefined)
    const forced = { ...settings, cleanFileForciblyEnable: true }
    expect(removalReason(segment(1, atHour(4)), forced, now(4, 86))).to.equal('disk')
    expect(removalReason(segment(1, atHour(4)), forced, now(4, 84))).to.equal(undefined)
  })
})
