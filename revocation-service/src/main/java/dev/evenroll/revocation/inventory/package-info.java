/// Questions to the inventory of issued certificates, and the order to revoke one: what the administration
/// asks of the pipeline.
@NullMarked
package dev.evenroll.revocation.inventory;

import org.jspecify.annotations.NullMarked;
