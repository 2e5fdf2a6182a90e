package dev.evenroll.gateway.job;

/// What is wrong with a line.
///
/// @param rule name of the rule that found it
/// @param message a sentence that names line, field and reason
public record LineFinding(String rule, String message) {}
