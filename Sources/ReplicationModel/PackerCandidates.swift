/// The packers among which an adaptive run chooses, from the one that costs least.
public enum PackerCandidates {
  public static let all = [
    Packer(.lz4, level: 1), Packer(.zstd, level: 1), Packer(.zstd, level: 3),
    Packer(.zstd, level: 9), Packer(.zstd, level: 15),
  ]
}
