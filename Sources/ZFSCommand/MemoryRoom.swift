internal import Glibc

/// The memory that this process may still take, where a limit is set: running into it would be its end
/// in the middle of something, without a word.
enum MemoryRoom {
  /// What a plan needs of memory for each byte of a listing, at its peak.
  private static let need = 3

  /// Bytes of listings that fit, on each of two sides at the same time; nil without a limit.
  static var forOutput: Int? {
    var limit = rlimit()
    guard getrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit) == 0,
      limit.rlim_cur < rlim_t(Int64.max)
    else { return nil }
    return max(0, Int(limit.rlim_cur) - taken) / 2 / need
  }

  /// What is taken of the address space now.
  private static var taken: Int {
    guard let file = fopen("/proc/self/statm", "re") else { return 0 }
    defer { fclose(file) }
    var text = [CChar](repeating: 0, count: 128)
    guard fgets(&text, CInt(text.count), file) != nil else { return 0 }
    return strtol(text, nil, 10) * sysconf(CInt(_SC_PAGESIZE))
  }
}
