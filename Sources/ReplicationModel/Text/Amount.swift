/// Sizes, rates and times as people read them.
public enum Amount {
  /// `0 B`, `512 B`, `1.2 GiB`: binary units, one place after the point.
  public static func bytes(_ count: UInt64) -> String {
    let units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"]
    var value = Double(count)
    var unit = 0
    // 1023.95 would be shown as 1024.0 of the smaller unit.
    while value >= (unit == 0 ? 1_024 : 1_023.95), unit < units.count - 1 {
      value /= 1_024
      unit += 1
    }
    return unit == 0 ? "\(count) B" : "\(tenths(value)) \(units[unit])"
  }

  /// `85.0 MiB/s`.
  public static func rate(_ bytesPerSecond: Double) -> String {
    "\(bytes(UInt64(max(0, min(bytesPerSecond, 1e18)))))/s"
  }

  /// `12 s`, `3 min 5 s`, `2 h 10 min`, `3 d 4 h`.
  public static func duration(_ seconds: Double) -> String {
    let whole = Int(max(0, min(seconds, 1e9)).rounded())
    if whole < 60 { return "\(whole) s" }
    if whole < 3_600 { return "\(whole / 60) min \(whole % 60) s" }
    if whole < 86_400 { return "\(whole / 3_600) h \(whole / 60 % 60) min" }
    return "\(whole / 86_400) d \(whole / 3_600 % 24) h"
  }

  /// `1 dataset`, `5 datasets`.
  public static func count(_ number: Int, _ one: String, _ many: String? = nil) -> String {
    "\(number) \(number == 1 ? one : many ?? one + "s")"
  }

  /// `2026-11-24 10:05`.
  public static func time(_ moment: CivilTime) -> String {
    "\(pad(moment.year, 4))-\(pad(moment.month, 2))-\(pad(moment.day, 2)) "
      + "\(pad(moment.hour, 2)):\(pad(moment.minute, 2))"
  }

  private static func tenths(_ value: Double) -> String {
    let tenths = Int((value * 10).rounded())
    return "\(tenths / 10).\(tenths % 10)"
  }

  /// A number with zeros in front, as `07`.
  public static func pad(_ number: Int, _ width: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, width - text.count)) + text
  }
}
