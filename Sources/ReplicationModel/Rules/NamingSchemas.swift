extension TaskRule {
  /// Every naming schema can be written and read again (M42, N1 to N8; the code is the N-rule's).
  static let namingSchemas = TaskRule { draft, _ in
    findings(.namingSchema, draft.namingSchema)
      + findings(.alsoIncludeNamingSchema, draft.alsoIncludeNamingSchema)
  }

  private static func findings(_ field: TaskField, _ schemas: [String]) -> [Finding] {
    schemas.enumerated().compactMap { index, text in
      NamingSchemaProblem.of(text).map { problem in
        Finding(
          "\(field.rawValue).\(index)", code: problem.code,
          "\(field.label): \(problem.message)")
      }
    }
  }
}

extension NamingSchemaProblem {
  /// What is wrong with a text as a naming schema, or nil.
  static func of(_ text: String) -> NamingSchemaProblem? {
    do {
      _ = try NamingSchema(text)
      return nil
    } catch {
      return error
    }
  }
}
