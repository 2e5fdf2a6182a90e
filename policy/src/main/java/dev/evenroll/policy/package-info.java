/// Written policies for enrollment just in time: what stands in their file, what is wrong with it, and
/// what they decide.
///
/// A policy decides about facts and nothing else: it reads no clock, no registry and no certificate. So
/// the service that decides and the command that replays recorded requests can not come to different
/// answers.
@NullMarked
package dev.evenroll.policy;

import org.jspecify.annotations.NullMarked;
