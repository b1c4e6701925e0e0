// swift-tools-version: 6.1
import PackageDescription

/// One library per folder under Sources/. Who may import whom is the table in
/// Sources/zferry/zferry.docc/Architecture.md; ArchitectureTests holds the code to it.
let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

let argumentParser = Target.Dependency.product(
  name: "ArgumentParser", package: "swift-argument-parser")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let system = Target.Dependency.product(name: "SystemPackage", package: "swift-system")
let subprocess = Target.Dependency.product(name: "Subprocess", package: "swift-subprocess")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")

func library(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

func program(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .executableTarget(name: name, dependencies: dependencies, swiftSettings: settings)
}

func tests(
  _ name: String, _ dependencies: [Target.Dependency], resources: [Resource] = [],
  exclude: [String] = []
) -> Target {
  .testTarget(
    name: name, dependencies: dependencies, exclude: exclude, resources: resources,
    swiftSettings: settings)
}

func support(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .target(
    name: name, dependencies: dependencies, path: "Tests/Support/\(name)", swiftSettings: settings)
}

let package = Package(
  name: "zferry",
  products: [
    .executable(name: "zferry", targets: ["zferry"]),
    .executable(name: "zfs-sandbox", targets: ["zfs-sandbox"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
    .package(url: "https://github.com/apple/swift-system", from: "1.8.0"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.0"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
  ],
  targets: [
    .systemLibrary(name: "CNcurses"),
    .systemLibrary(name: "CSSH2"),
    .systemLibrary(name: "CLinux"),

    // Pure: functions of values.
    library("ReplicationModel"),
    library("ReplicationPlanner", ["ReplicationModel"]),
    library("ZFSText", ["ReplicationModel"]),
    library("TerminalCore"),
    library("FormKit", ["TerminalCore"]),
    library("ZferryApp", ["FormKit", "TerminalCore", "ReplicationModel", "ReplicationPlanner"]),
    library("SandboxZFS", ["ReplicationModel", "ZFSText"]),

    // The engine and its adapters.
    library(
      "ReplicationEngine", ["ReplicationModel", "ReplicationPlanner", "ZFSText", logging]),
    library(
      "ZFSCommand", ["ReplicationModel", "ReplicationEngine", "CLinux", subprocess, system]),
    library("SSHTransport", ["ReplicationModel", "ReplicationEngine", "CSSH2", "CLinux"]),
    library(
      "TaskStore",
      ["ReplicationModel", "ReplicationPlanner", "ReplicationEngine", yams, grdb]),
    library("CursesTerminal", ["TerminalCore", "CNcurses", "CLinux"]),
    library(
      "AppRuntime",
      [
        "ZferryApp", "FormKit", "TerminalCore", "ReplicationModel", "ReplicationPlanner",
        "ReplicationEngine",
      ]),

    program("zfs-sandbox", ["SandboxZFS"]),
    program(
      "zferry",
      [
        "ReplicationModel", "ReplicationPlanner", "ZFSText", "ReplicationEngine", "ZFSCommand",
        "SSHTransport", "TaskStore", "TerminalCore", "CursesTerminal", "FormKit", "ZferryApp",
        "AppRuntime", argumentParser, logging, system, yams,
      ]),

    support(
      "ReplicationFakes",
      ["ReplicationModel", "ReplicationPlanner", "ReplicationEngine", "SandboxZFS"]),
    support("TerminalTestKit", ["TerminalCore", "FormKit"]),
    support(
      "AppGallery",
      ["ZferryApp", "FormKit", "TerminalCore", "ReplicationModel", "ReplicationPlanner"]),
    support(
      "Histories",
      [
        "ReplicationEngine", "ReplicationPlanner", "ReplicationModel", "ReplicationFakes",
        "SandboxZFS", logging,
      ]),
    support(
      "Parsers", ["TaskStore", "ZferryApp", "ReplicationEngine", "ReplicationModel", "ZFSText"]),
    support("ZFSContract", []),
    support("Loopback", []),
    .executableTarget(
      name: "terminal-probe", dependencies: ["CursesTerminal", "TerminalCore"],
      path: "Tests/Support/terminal-probe", swiftSettings: settings),
    .executableTarget(
      name: "zferry-histories", dependencies: ["Histories"], path: "Tests/Support/zferry-histories",
      swiftSettings: settings),
    .executableTarget(
      name: "zfs-contract", dependencies: ["ZFSContract"], path: "Tests/Support/zfs-contract",
      swiftSettings: settings),
    .executableTarget(
      name: "pure-work",
      dependencies: [
        "ZferryApp", "FormKit", "TerminalCore", "ReplicationPlanner", "ReplicationModel", "ZFSText",
      ], path: "Tests/Benchmarks/pure-work", swiftSettings: settings),

    tests("ReplicationModelTests", ["ReplicationModel"]),
    tests("ReplicationPlannerTests", ["ReplicationPlanner", "ReplicationModel"]),
    tests("ZFSTextTests", ["ZFSText", "ReplicationModel"]),
    tests("SandboxZFSTests", ["SandboxZFS", "ReplicationModel", "ZFSContract"]),
    tests(
      "ReplicationEngineTests",
      [
        "ReplicationEngine", "ReplicationPlanner", "ReplicationModel", "ReplicationFakes",
        "SandboxZFS", logging, "Loopback",
      ]),
    tests(
      "ZFSCommandTests", ["ZFSCommand", "ReplicationEngine", "ReplicationModel", "Loopback"]),
    tests(
      "SSHTransportTests",
      ["SSHTransport", "ReplicationEngine", "ReplicationPlanner", "ReplicationModel", "Loopback"]),
    tests(
      "TaskStoreTests",
      ["TaskStore", "ReplicationModel", "ReplicationPlanner", "ReplicationEngine", "Loopback"]),
    tests("TerminalCoreTests", ["TerminalCore"]),
    tests("FormKitTests", ["FormKit", "TerminalCore", "TerminalTestKit"], exclude: ["Goldens"]),
    tests(
      "CursesTerminalTests",
      [
        "CursesTerminal", "ZferryApp", "FormKit", "TerminalCore", "TerminalTestKit", "AppGallery",
        "ReplicationModel", "CNcurses",
      ]),
    tests(
      "ZferryAppTests",
      [
        "AppRuntime", "ZferryApp", "FormKit", "TerminalCore", "TerminalTestKit", "AppGallery",
        "ReplicationModel", "ReplicationPlanner", "ReplicationEngine",
      ], exclude: ["Goldens"]),
    tests(
      "AppRuntimeTests",
      [
        "AppRuntime", "ZferryApp", "FormKit", "TerminalCore", "TerminalTestKit", "AppGallery",
        "ReplicationModel", "ReplicationPlanner", "ReplicationEngine", "Loopback",
      ]),
    tests("SimulationTests", ["Histories", "ReplicationFakes"]),
    tests("ParserFuzzTests", ["Parsers"]),
    tests("EndToEndTests", ["TerminalTestKit", "TerminalCore", "Loopback"]),
    tests("ArchitectureTests", []),
  ]
)
