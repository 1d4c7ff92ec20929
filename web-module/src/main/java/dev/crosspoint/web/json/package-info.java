/**
 * JSON as the doors speak it: records to JSON and back, and the JSON Schemas of the contract. Used
 * by every door; knows none of them.
 */
@NullMarked
package dev.crosspoint.web.json;

import org.jspecify.annotations.NullMarked;
