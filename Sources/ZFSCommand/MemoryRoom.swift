internal import CLinux
internal import Glibc

/// The memory that this process may still take, where a limit is set: running into it would be its end
/// in the middle of something, without a word.
public enum MemoryRoom {
  /// Where there is a limit, memory is kept in one place: each thread would set aside 64 MiB of
  /// addresses for itself. To be called before there are threads.
  public static func economize() {
    if limit != nil { mallopt(CInt(LINUX_M_ARENA_MAX), 1) }
  }

  /// What a plan needs of memory for each byte of a listing, at its peak.
  private static let need = 3

  private static var limit: Int? {
    var limit = rlimit()
    let resource = __rlimit_resource_t(RLIMIT_AS.rawValue)
    guard getrlimit(resource, &limit) == 0, limit.rlim_cur < rlim_t(Int64.max) else { return nil }
    return Int(limit.rlim_cur)
  }

  /// Bytes of listings that fit, on each of two sides at the same time; nil without a limit.
  static var forOutput: Int? {
    limit.map { max(0, $0 - taken) / 2 / need }
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
