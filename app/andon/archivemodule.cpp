#include "app/andon/archivemodule.h"

#include "app/andon/module.h"

namespace andon::app
{

core::Result<void> writeArchive(const std::string &file, const std::vector<ArchivedFile> &files, core::Instant at)
{
    const auto write = desktop::exported("archive", desktop::kWriteArchive);
    if (!write)
        return core::fail(write.error());
    core::Result<void> written;
    reinterpret_cast<desktop::WriteArchive *> (*write)(written, file, files, at);
    return written;
}

} // namespace andon::app
