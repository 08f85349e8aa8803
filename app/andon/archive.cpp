// The module that writes archives: see archivemodule.h.
#include "app/andon/archivemodule.h"

extern "C" [[gnu::visibility("default")]] void andonWriteArchive(andon::core::Result<void> &written,
                                                                 const std::string &file,
                                                                 const std::vector<andon::app::ArchivedFile> &files,
                                                                 andon::core::Instant at)
{
    written = andon::app::writeArchive(file, files, at);
}
