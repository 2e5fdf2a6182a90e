/// The ways in which devices come to their certificates, each with its safeguards: as operators, installers and devices
/// use them.
@NullMarked
package dev.evenroll.e2e.model;

import org.jspecify.annotations.NullMarked;
