#pragma once
// The numbered schema files of resources/schema, compiled in.

namespace andon::store::schemas
{

extern const char *const cache001;
extern const char *const cache002;
extern const char *const cache003;
extern const char *const records001;
extern const char *const records002;
extern const char *const records003;

} // namespace andon::store::schemas
